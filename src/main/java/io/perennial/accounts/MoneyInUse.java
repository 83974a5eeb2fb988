package io.perennial.accounts;

/**
 * Says whether the business being worked in has amounts in its currency: make a bean of it where such amounts are kept. While
 * there are any the currency stays, for nothing recomputes them.
 */
public interface MoneyInUse {

    boolean isThere();
}
