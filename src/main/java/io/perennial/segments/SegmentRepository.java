package io.perennial.segments;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

/** The segments of the current tenant. */
interface SegmentRepository extends Repository<Segment, Long> {

    Segment save(Segment segment);

    Optional<Segment> findById(Long id);

    Optional<Segment> findByName(String name);

    boolean existsByName(String name);

    List<Segment> findAllByOrderByName();

    void delete(Segment segment);

    void flush();
}
