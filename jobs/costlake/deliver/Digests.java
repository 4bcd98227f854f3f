package costlake.deliver;

import costlake.core.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** SHA-256 over parts, each with its length in front so that no two lists look alike. */
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
