/** Lists as files: streamed from the database, safe to open in a spreadsheet. */
@NamedInterface("exports")
@NullMarked
package io.perennial.customers.exports;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
