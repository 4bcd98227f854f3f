package costlake.assist;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import costlake.core.Failure;
import costlake.serve.GuardedQueries;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Signs in the user of each request by its header {@code Authorization}. Remembers the last users,
 * because checking a password takes a while; keeps no password.
 */
final class SignedIn {
  private static final int REMEMBERED_MAX = 1000;
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final int KEY_BYTES = 32;

  private final GuardedQueries queries;
  private final HashFunction digest = Hashing.hmacSha256(key());
  private final Cache<String, GuardedQueries.Reader> readers =
      CacheBuilder.newBuilder().maximumSize(REMEMBERED_MAX).expireAfterAccess(REMEMBERED).build();

  SignedIn(GuardedQueries queries) {
    this.queries = queries;
  }

  private static byte[] key() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  /**
   * Returns the user of a request.
   *
   * @param header {@code Basic}, or {@code Bearer} for clients that only send tokens, and user and
   *     password as for Basic; null if the request has none
   * @throws Failure if the user may not sign in
   */
  GuardedQueries.Reader user(@Nullable String header, String address) {
    String[] credentials = credentials(header);
    String remembered =
        digest.hashString(String.join(":", credentials), StandardCharsets.UTF_8).toString();
    GuardedQueries.Reader reader = readers.getIfPresent(remembered);
    if (reader == null) {
      reader = queries.signIn(credentials[0], credentials[1], address);
      readers.put(remembered, reader);
    }
    reader.check();
    return reader;
  }

  private static String[] credentials(@Nullable String header) {
    String[] parts = header == null ? new String[0] : header.strip().split(" +", 2);
    boolean isKnown =
        parts.length == 2
            && (parts[0].equalsIgnoreCase("Basic") || parts[0].equalsIgnoreCase("Bearer"));
    String[] credentials = isKnown ? decoded(parts[1]).split(":", 2) : parts;
    if (!isKnown || credentials.length != 2) {
      throw Failure.operator(
          "Cannot sign in: send the header 'Authorization: Basic' with user and password");
    }
    return credentials;
  }

  private static String decoded(String text) {
    try {
      return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
