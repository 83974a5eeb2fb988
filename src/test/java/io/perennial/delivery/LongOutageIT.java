package io.perennial.delivery;

import io.perennial.support.IntegrationTest;
import io.perennial.support.StoppableMariaDb;
import io.perennial.support.TestDatabase;

/** With the embedded database. */
@IntegrationTest
class LongOutageIT extends LongOutage {

    private static final StoppableMariaDb DATABASE = ownDatabase();

    LongOutageIT() {
        super(DATABASE);
    }

    /** Before the context is made: it connects to this one, too. */
    private static StoppableMariaDb ownDatabase() {
        StoppableMariaDb database = StoppableMariaDb.start();
        TestDatabase.use(database.properties());
        return database;
    }
}
