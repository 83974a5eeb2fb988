package io.perennial.accounts;

import java.util.List;

/**
 * Sign-ins that the sign-in page lists and fills in by a click. Only the sample start has a bean of this; an
 * installation that keeps real customers never does.
 */
public interface SignInHints {

    List<SignInHint> hints();
}
