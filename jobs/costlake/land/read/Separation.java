package costlake.land.read;

import costlake.compress.Compression;
import java.util.Locale;

/**
 * How the fields of a text file are separated.
 *
 * @param separator the character between two fields
 * @param quotes whether a field may be in double quotes; otherwise a quote is text
 */
record Separation(byte separator, boolean quotes) {
  /** Ending of files whose fields are separated by bars, without quotes, as Slurm writes them. */
  static final String BARS_SUFFIX = ".psv";

  static final Separation COMMAS = new Separation((byte) ',', true);
  private static final Separation BARS = new Separation((byte) '|', false);

  /** Returns the separation of a file by the ending of its name. */
  static Separation of(String name) {
    return Compression.plain(name.toLowerCase(Locale.ROOT)).endsWith(BARS_SUFFIX) ? BARS : COMMAS;
  }
}
