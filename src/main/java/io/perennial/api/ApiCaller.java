package io.perennial.api;

import io.perennial.accounts.Permission;
import io.perennial.accounts.ProgramActor;
import io.perennial.kernel.TenantId;
import java.util.Set;
import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * The program behind a request.
 *
 * @param key the id of its key
 * @param keyName as staff named the key
 */
public record ApiCaller(TenantId tenant, long key, String keyName, Set<Permission> scopes)
        implements ProgramActor, AuthenticatedPrincipal {

    public ApiCaller {
        scopes = Set.copyOf(scopes);
    }

    @Override
    public long actorId() {
        return key;
    }

    @Override
    public String actorName() {
        return "API key “" + keyName + "”";
    }

    @Override
    public String getName() {
        return actorName();
    }
}
