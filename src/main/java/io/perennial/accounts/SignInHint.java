package io.perennial.accounts;

/**
 * Somebody whom a visitor of the sample start may sign in as.
 *
 * @param operator whether they operate the installation
 */
public record SignInHint(String name, Role role, String business, String email, String password, boolean operator) {}
