package io.perennial.accounts;

import io.perennial.accounts.StaffRuleException.Rule;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Nobody gives more than they have: what the one on this thread may decide about other people's roles. */
final class StaffRules {

    private StaffRules() {}

    /**
     * For giving this role, and for changing or ending somebody's who has it.
     *
     * @throws StaffRuleException if it is an owner's and they are none, or it may do something that they may not
     */
    static void requireMayHandle(StaffRole role) {
        boolean owner = CurrentStaff.find()
                .map(staff -> staff.current().staffRole().isOwner())
                .orElse(true); // background work has every permission
        if (role.isOwner() && !owner) {
            throw new StaffRuleException(Rule.OWNERS_ONLY);
        }
        requireHas(role.permissions());
    }

    /**
     * @throws StaffRuleException if they lack one of these
     */
    static void requireHas(Set<Permission> permissions) {
        if (!own().containsAll(permissions)) {
            throw new StaffRuleException(Rule.BEYOND_OWN);
        }
    }

    /** What the one on this thread may do. */
    static Set<Permission> own() {
        return Arrays.stream(Permission.values()).filter(CurrentStaff::may).collect(Collectors.toUnmodifiableSet());
    }
}
