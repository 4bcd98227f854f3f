package costlake.land.read.csv;

import costlake.compress.Compression;
import java.util.List;
import java.util.Locale;

/**
 * How the fields of a text file are separated.
 *
 * @param separator the character between two fields
 * @param quotes whether a field may be in double quotes; otherwise a quote is text
 */
public record Separation(byte separator, boolean quotes) {
  /** Ending of logs. A log is a table only for sources of records. */
  public static final String LOG = ".log";

  /**
   * Endings of files whose fields are separated by bars, without quotes, as Slurm writes them. Of
   * these, {@code .log} is read only where logs are expected.
   */
  static final List<String> BARS = List.of(".psv", LOG);

  static final Separation COMMAS = new Separation((byte) ',', true);
  private static final Separation BY_BARS = new Separation((byte) '|', false);

  /** Returns the separation of a file by the ending of its name. */
  public static Separation of(String name) {
    String plain = Compression.plain(name.toLowerCase(Locale.ROOT));
    return BARS.stream().anyMatch(plain::endsWith) ? BY_BARS : COMMAS;
  }
}
