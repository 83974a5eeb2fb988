package io.perennial.accounts;

/** Somebody whom a visitor of the sample start may sign in as. */
public record SignInHint(String name, Role role, String business, String email, String password) {}
