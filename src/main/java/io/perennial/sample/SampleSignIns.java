package io.perennial.sample;

import io.perennial.accounts.SignInHint;
import io.perennial.accounts.SignInHints;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Who a visitor of the sample businesses may sign in as. */
@Component
@ConditionalOnProperty("perennial.sample.enabled")
class SampleSignIns implements SignInHints {

    @Override
    public List<SignInHint> hints() {
        return SampleBusiness.all().stream()
                .flatMap(business -> business.staff().stream()
                        .map(colleague -> new SignInHint(
                                colleague.name(),
                                colleague.role(),
                                business.name(),
                                colleague.email(),
                                SampleBusiness.PASSWORD,
                                colleague.operator())))
                .toList();
    }
}
