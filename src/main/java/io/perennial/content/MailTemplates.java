package io.perennial.content;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

/** The templates of the current tenant. */
interface MailTemplates extends Repository<MailTemplate, Long> {

    List<MailTemplate> findAllByOrderByName();

    Optional<MailTemplate> findByName(String name);

    Optional<MailTemplate> findOneById(Long id);

    MailTemplate save(MailTemplate template);

    MailTemplate saveAndFlush(MailTemplate template);

    void delete(MailTemplate template);
}
