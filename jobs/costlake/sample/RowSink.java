package costlake.sample;

import java.io.IOException;

/** Writes rows. The values of a row are in the order of the fields. */
interface RowSink extends AutoCloseable {
  /**
   * Writes a row.
   *
   * @param values one value for each field: a String for a text, a BigDecimal for a number, an
   *     Instant for a time, a sorted map for a map, or null
   */
  void write(Object[] values) throws IOException;

  @Override
  void close() throws IOException;
}
