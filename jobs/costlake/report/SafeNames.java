package costlake.report;

import costlake.core.PlainText;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** Makes names from bills and owners safe for printing and for folders. */
public final class SafeNames {
  private static final int LONGEST_FILE_NAME = 60;

  private SafeNames() {}

  /** Shortens a name to at most {@code most} characters, with an ellipsis in the middle. */
  public static String shorten(String name, int most) {
    int[] points = name.codePoints().toArray();
    if (points.length <= most) {
      return name;
    }
    int head = most / 2;
    int tail = most - head - 1;
    return new String(points, 0, head) + "…" + new String(points, points.length - tail, tail);
  }

  /** Replaces control characters and characters that change the direction of the text. */
  public static String plain(String name) {
    return PlainText.line(name).strip();
  }

  /**
   * Returns a folder name that is safe on every file system. A name that had to change gets a
   * checksum, so that two names never share a folder.
   */
  public static String folder(String name) {
    String safe = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^[.]+", "_");
    if (safe.equals(name) && !name.isEmpty() && name.length() <= LONGEST_FILE_NAME) {
      return name;
    }
    CRC32 sum = new CRC32();
    sum.update(name.getBytes(StandardCharsets.UTF_8));
    String checksum = HexFormat.of().toHexDigits((int) sum.getValue());
    return safe.substring(0, Math.min(safe.length(), LONGEST_FILE_NAME)) + "-" + checksum;
  }
}
