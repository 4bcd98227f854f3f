package costlake.deliver;

import costlake.core.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Computes the SHA-256 of a list of parts. Hashes the length of each part before the part, so that
 * two different lists never give the same input.
 */
final class Digests {
  private Digests() {}

  static String sha256(byte[]... parts) {
    MessageDigest digest = Sha256.digest();
    for (byte[] part : parts) {
      digest.update((part.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(part);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
