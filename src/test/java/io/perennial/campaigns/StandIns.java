package io.perennial.campaigns;

import io.perennial.content.CompiledTemplate;
import io.perennial.content.Personalisation;
import io.perennial.content.RenderedMail;
import io.perennial.content.TemplateDirectory;
import io.perennial.content.TemplateId;
import io.perennial.content.TemplateProblem;
import io.perennial.content.TemplateRef;
import io.perennial.content.TemplateSnapshot;
import io.perennial.delivery.MessageOutcome;
import io.perennial.delivery.MessageState;
import io.perennial.delivery.Outbox;
import io.perennial.delivery.RunId;
import io.perennial.delivery.RunProgress;
import io.perennial.delivery.RunSpec;
import io.perennial.delivery.RunState;
import io.perennial.kernel.CustomerId;
import io.perennial.kernel.TenantId;
import io.perennial.kernel.TimeOrderedIds;
import io.perennial.segments.Rule;
import io.perennial.segments.SegmentDirectory;
import io.perennial.segments.SegmentId;
import io.perennial.segments.SegmentRef;
import io.perennial.tenancy.CurrentTenant;
import io.perennial.tenancy.SqlFragment;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.SliceImpl;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Neighbours of campaigns in their smallest form, for as long as the real ones are not there. */
@Configuration(proxyBeanMethods = false)
class StandIns {

    @Bean
    @ConditionalOnMissingBean(SegmentDirectory.class)
    SegmentDirectory segments() {
        record Row(TenantId tenant, SegmentRef ref, Rule rule) {}
        Map<Long, Row> rows = new ConcurrentHashMap<>();
        return new SegmentDirectory() {
            @Override
            public List<SegmentRef> list() {
                return rows.values().stream()
                        .filter(r -> r.tenant().equals(CurrentTenant.require()))
                        .map(Row::ref)
                        .toList();
            }

            @Override
            public SegmentRef require(SegmentId id) {
                return row(id).ref();
            }

            private Row row(SegmentId id) {
                Row row = rows.get(id.value());
                if (row == null || !row.tenant().equals(CurrentTenant.require())) {
                    throw new NoSuchElementException("No segment " + id);
                }
                return row;
            }

            @Override
            public long count(SegmentId id) {
                return 0;
            }

            @Override
            public SqlFragment customersIn(SegmentId id) {
                Rule.Condition city = (Rule.Condition) row(id).rule();
                return SqlFragment.of(
                        "SELECT c.id FROM customer c WHERE c.tenant_id = ? AND c.city = ?",
                        row(id).tenant().value(),
                        city.values().getFirst());
            }

            @Override
            public SegmentRef create(String name, Rule rule) {
                SegmentRef ref = new SegmentRef(new SegmentId(TimeOrderedIds.next()), name);
                rows.put(ref.id().value(), new Row(CurrentTenant.require(), ref, rule));
                return ref;
            }
        };
    }

    @Bean
    @ConditionalOnMissingBean(TemplateDirectory.class)
    TemplateDirectory templates() {
        record Row(TenantId tenant, TemplateRef ref, TemplateSnapshot content) {}
        Map<Long, Row> rows = new ConcurrentHashMap<>();
        return new TemplateDirectory() {
            @Override
            public List<TemplateRef> list() {
                return rows.values().stream()
                        .filter(r -> r.tenant().equals(CurrentTenant.require()))
                        .map(Row::ref)
                        .toList();
            }

            private Row row(TemplateId id) {
                Row row = rows.get(id.value());
                if (row == null || !row.tenant().equals(CurrentTenant.require())) {
                    throw new NoSuchElementException("No template " + id);
                }
                return row;
            }

            @Override
            public TemplateRef require(TemplateId id) {
                return row(id).ref();
            }

            @Override
            public List<TemplateProblem> check(TemplateId id) {
                return row(id).ref().sendable()
                        ? List.of()
                        : List.of(new TemplateProblem(TemplateProblem.Part.BODY, 1, true, "It does not compile"));
            }

            @Override
            public CompiledTemplate compile(TemplateId id) {
                return compile(snapshot(id));
            }

            @Override
            public TemplateSnapshot snapshot(TemplateId id) {
                return row(id).content();
            }

            @Override
            public CompiledTemplate compile(TemplateSnapshot snapshot) {
                return model -> new RenderedMail(snapshot.subject(), snapshot.mjml() + model, "");
            }

            @Override
            public TemplateRef save(String name, String subject, String preheader, String mjml) {
                TemplateRef ref =
                        new TemplateRef(new TemplateId(TimeOrderedIds.next()), name, mjml.endsWith("</mjml>"));
                TenantId tenant = CurrentTenant.require();
                Row before = rows.values().stream()
                        .filter(r -> r.tenant().equals(tenant) && r.ref().name().equals(name))
                        .findFirst()
                        .orElse(null);
                if (before != null) {
                    ref = new TemplateRef(before.ref().id(), name, ref.sendable());
                }
                rows.put(ref.id().value(), new Row(tenant, ref, new TemplateSnapshot(subject, preheader, mjml, null)));
                return ref;
            }
        };
    }

    @Bean
    @ConditionalOnMissingBean(Personalisation.class)
    Personalisation personalisation() {
        return (Collection<CustomerId> customers) -> {
            Map<CustomerId, Map<String, Object>> models = new HashMap<>();
            customers.forEach(c -> models.put(c, new HashMap<>(Map.of("customer", Map.of("first_name", "Ada")))));
            return models;
        };
    }

    @Bean
    @ConditionalOnMissingBean(Outbox.class)
    Outbox outbox(JdbcClient jdbc) {
        class Run {
            RunState state = RunState.PREPARING;
            long total;
        }
        Map<Long, Run> runs = new ConcurrentHashMap<>();
        return new Outbox() {
            private Run run(RunId id) {
                return Objects.requireNonNull(runs.get(id.value()));
            }

            @Override
            public RunId open(RunSpec spec) {
                RunId id = new RunId(TimeOrderedIds.next());
                runs.put(id.value(), new Run());
                return id;
            }

            @Override
            public long enqueue(RunId run, SqlFragment audience) {
                run(run).total += jdbc.sql(audience.sql())
                        .params(audience.params())
                        .query()
                        .listOfRows()
                        .size();
                return run(run).total;
            }

            @Override
            public void release(RunId run) {
                run(run).state = RunState.SENDING;
            }

            @Override
            public void pause(RunId run) {
                run(run).state = RunState.PAUSED;
            }

            @Override
            public void resume(RunId run) {
                run(run).state = RunState.SENDING;
            }

            @Override
            public void cancel(RunId run) {
                run(run).state = RunState.CANCELLED;
            }

            @Override
            public RunProgress progress(RunId run) {
                return new RunProgress(run(run).state, run(run).total, run(run).total, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
            }

            @Override
            public Slice<MessageOutcome> outcomes(RunId run, MessageState state, String search, Pageable page) {
                return new SliceImpl<>(List.of());
            }
        };
    }
}
