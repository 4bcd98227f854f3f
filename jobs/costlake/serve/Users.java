package costlake.serve;

import costlake.core.Failure;
import costlake.core.FileErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The users of the server and the hashes of their passwords. Each line of their file is {@code
 * name:pbkdf2-sha256:iterations:salt:hash}, with salt and hash in Base64. The file is read again
 * when it changes, so a removed user loses access at once.
 */
public final class Users {
  private static final String SCHEME = "pbkdf2-sha256";
  private static final int ITERATIONS = 600_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 256;
  private static final int PASSWORD_BYTES = 24;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /** The hash of a password, with the iterations and the salt that it was computed with. */
  private record Secret(int iterations, String salt, String hash) {
    boolean matches(String password) {
      Base64.Decoder text = Base64.getDecoder();
      return MessageDigest.isEqual(
          text.decode(hash), derive(password, text.decode(salt), iterations));
    }
  }

  /**
   * The secret that is checked if the name is unknown, so that a sign-in takes the same time for
   * every name.
   */
  private static final Secret UNKNOWN_USER = secret("");

  private final Path file;
  private @Nullable FileTime read;
  private Map<String, Secret> secrets = Map.of();

  private Users(Path file) {
    this.file = file;
  }

  /**
   * Reads the file.
   *
   * @throws Failure with exit code 2 if the file is missing or malformed, or others may read it
   */
  public static Users of(Path file) {
    Users users = new Users(file);
    users.current();
    return users;
  }

  /** Whether the user has this password. Takes the same time if the user is unknown. */
  boolean knows(String user, String password) {
    Secret secret = current().get(user);
    return (secret == null ? UNKNOWN_USER : secret).matches(password) && secret != null;
  }

  /**
   * Returns the id of the current password if {@code password} is right, otherwise empty. Each new
   * password has a new id.
   */
  Optional<String> passwordId(String user, String password) {
    return knows(user, password) ? passwordId(user) : Optional.empty();
  }

  /** Returns the id of the current password; empty for an unknown user. */
  Optional<String> passwordId(String user) {
    return Optional.ofNullable(current().get(user)).map(Secret::salt);
  }

  /** Generates a random password. */
  public static String newPassword() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random(PASSWORD_BYTES));
  }

  /**
   * Writes a user to the file, in place of an earlier line of this user. Creates a missing file,
   * which only its owner can read.
   */
  public static void put(Path file, String user, String password) {
    try {
      List<String> lines = new ArrayList<>();
      if (Files.exists(file)) {
        refuseReadableByOthers(file);
        Files.readAllLines(file).stream()
            .filter(line -> !line.startsWith(user + ":"))
            .forEach(lines::add);
      }
      lines.add(line(user, password));
      Path temporary =
          Files.createTempFile(
              file.toAbsolutePath().getParent(),
              ".users",
              "",
              PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      Files.write(temporary, lines, StandardOpenOption.TRUNCATE_EXISTING);
      Files.move(temporary, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw Failure.operator(
          e,
          "Cannot write the file of users %s: %s. Make its folder writable, or set serve.users to "
              + "another file",
          file,
          FileErrors.why(e));
    }
  }

  private static String line(String user, String password) {
    Secret secret = secret(password);
    return String.join(
        ":", user, SCHEME, Integer.toString(secret.iterations()), secret.salt(), secret.hash());
  }

  private static Secret secret(String password) {
    byte[] salt = random(SALT_BYTES);
    Base64.Encoder text = Base64.getEncoder();
    return new Secret(
        ITERATIONS,
        text.encodeToString(salt),
        text.encodeToString(derive(password, salt, ITERATIONS)));
  }

  private synchronized Map<String, Secret> current() {
    try {
      FileTime changed = Files.getLastModifiedTime(file);
      if (!changed.equals(read)) {
        refuseReadableByOthers(file);
        secrets = parse(Files.readAllLines(file, StandardCharsets.UTF_8));
        read = changed;
      }
      return secrets;
    } catch (IOException e) {
      throw Failure.operator(
          e,
          """
          Cannot read the file of users %s: %s. Create it with 'costlake serve user NAME', or
          set serve.users
          """,
          file,
          FileErrors.why(e));
    }
  }

  private static void refuseReadableByOthers(Path file) throws IOException {
    if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
      throw Failure.operator(
          "Cannot use %s: others may read or write it (%s). Run: chmod 600 %s",
          file, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), file);
    }
  }

  private Map<String, Secret> parse(List<String> lines) {
    Map<String, Secret> parsed = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split(":", -1);
      if (parts.length != 5 || !parts[1].equals(SCHEME)) {
        throw malformed(i + 1);
      }
      try {
        Base64.getDecoder().decode(parts[3]);
        Base64.getDecoder().decode(parts[4]);
        parsed.put(parts[0], new Secret(Integer.parseInt(parts[2]), parts[3], parts[4]));
      } catch (IllegalArgumentException e) {
        throw malformed(i + 1);
      }
    }
    return Map.copyOf(parsed);
  }

  private Failure malformed(int line) {
    return Failure.operator(
        """
        Cannot read the file of users: line %s of %s is not name:%s:iterations:salt:hash. Write the
        line with 'costlake serve user NAME'
        """,
        line, file, SCHEME);
  }

  private static byte[] random(int bytes) {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return random;
  }

  private static byte[] derive(String password, byte[] salt, int iterations) {
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw Failure.internal(e, "Failed to hash a password: this Java has no PBKDF2");
    } finally {
      spec.clearPassword();
    }
  }
}
