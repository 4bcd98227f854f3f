package costlake.init;

import costlake.core.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/** Makes ids from names, in the form that the configuration accepts. */
final class Ids {
  private static final int LENGTH_MAX = 40;
  private static final int HASH_DIGITS = 8;

  private final Set<String> taken = new HashSet<>();

  /**
   * Converts a name to lower-case letters, digits and dashes. If the name has no letters or digits,
   * or is long, the id ends with a hash of the name, so that different names have different ids.
   */
  static String of(String name) {
    String plain =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    if (!plain.isEmpty() && plain.length() <= LENGTH_MAX) {
      return plain;
    }
    String start = plain.substring(0, Math.min(plain.length(), LENGTH_MAX - HASH_DIGITS - 1));
    return (start.isEmpty() ? "id" : start) + "-" + hash(name);
  }

  private static String hash(String name) {
    byte[] digest = Sha256.digest().digest(name.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
  }

  /** Returns the id. Adds a number if this id was returned before. */
  String unique(String id) {
    String candidate = id;
    for (int i = 2; !taken.add(candidate); i++) {
      candidate = id + "-" + i;
    }
    return candidate;
  }
}
