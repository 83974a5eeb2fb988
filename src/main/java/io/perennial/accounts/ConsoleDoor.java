package io.perennial.accounts;

/** Begins the console's session anew for the same person working elsewhere. The shell has the bean of this. */
public interface ConsoleDoor {

    /**
     * Ends this session with all its open pages, begins another and opens a page there.
     *
     * @param path without a leading slash
     */
    void reopen(StaffPrincipal staff, String path);
}
