package io.perennial.campaigns;

import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The campaigns of the current tenant. */
interface Campaigns extends Repository<Campaign, Long> {

    Campaign save(Campaign campaign);

    void flush();

    void delete(Campaign campaign);

    Optional<Campaign> findById(Long id);

    @Query("select c from Campaign c where c.originKind = :kind and c.originReference = :reference "
            + "order by c.sendAt, c.id")
    List<Campaign> ofOrigin(String kind, long reference);

    @Query(
            "select c from Campaign c where c.status in :statuses and (:search is null or c.name like :search escape '!') "
                    + "order by c.id desc")
    Slice<Campaign> find(Collection<CampaignStatus> statuses, @Nullable String search, Pageable page);

    @Query("select c from Campaign c where c.id < :below order by c.id desc")
    List<Campaign> below(long below, Pageable page);

    @Query("select c from Campaign c where c.status = :status order by c.sendAt, c.id")
    List<Campaign> bySendTime(CampaignStatus status, Pageable page);

    @Query("select c from Campaign c where c.status = :status and c.runId is not null order by c.finishedAt desc")
    List<Campaign> lastFinished(CampaignStatus status, Pageable page);

    @Query("select c.status, count(c) from Campaign c group by c.status")
    List<Object[]> countByStatus();

    @Modifying(flushAutomatically = true, clearAutomatically = true)
    @Query("update Campaign c set c.templateId = null where c.templateId = :template")
    void forgetTemplate(long template);

    default Campaign require(CampaignId id) {
        return findById(id.value()).orElseThrow(() -> unknown(id));
    }

    private static NoSuchElementException unknown(CampaignId id) {
        return new NoSuchElementException("No campaign " + id);
    }
}
