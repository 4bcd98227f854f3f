package costlake.sample;

import java.io.IOException;

/** Takes rows in the order of their fields. */
interface RowSink extends AutoCloseable {
  /**
   * Writes a row.
   *
   * @param values of a field: text a String, number a BigDecimal, time an Instant, map a sorted
   *     map; null is null
   */
  void write(Object[] values) throws IOException;

  @Override
  void close() throws IOException;
}
