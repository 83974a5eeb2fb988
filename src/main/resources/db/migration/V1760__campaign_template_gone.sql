-- A campaign whose template was deleted names none any more: what was frozen for it is kept in campaign_content.
UPDATE campaign
SET template_id = NULL
WHERE template_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM mail_template t WHERE t.tenant_id = campaign.tenant_id AND t.id = campaign.template_id);
