package costlake.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of users and their password hashes. */
class UsersTest {
  @TempDir Path folder;

  @Test
  void storesOnlyHashesAndChecksThePassword() throws IOException {
    Path file = folder.resolve("users");
    Users.put(file, "ines", "first password");
    Users.put(file, "pat", "another password");
    Users.put(file, "ines", "second password");
    Users users = Users.of(file);
    assertThat(users.knows("ines", "second password")).isTrue();
    assertThat(users.knows("ines", "first password")).isFalse();
    assertThat(users.knows("pat", "another password")).isTrue();
    assertThat(users.knows("nobody", "")).isFalse();
    assertThat(Files.readAllLines(file))
        .hasSize(2)
        .allMatch(line -> line.matches("[a-z]+:pbkdf2-sha256:600000:[^:]+:[^:]+"))
        .noneMatch(line -> line.contains("password"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void refusesAFileThatOthersMayRead() throws IOException {
    Path file = folder.resolve("users");
    Users.put(file, "ines", "a password");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> Users.of(file))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("others may read or write it (rw-r-----). Run: chmod 600 " + file);
  }

  @Test
  void namesTheWrongLineOrTheMissingFile() throws IOException {
    Path file = folder.resolve("users");
    assertThatThrownBy(() -> Users.of(file))
        .hasMessageContaining("Create it with 'costlake serve user NAME'");
    Users.put(file, "ines", "a password");
    Files.writeString(file, Files.readString(file) + "pat:plain:secret\n");
    assertThatThrownBy(() -> Users.of(file))
        .hasMessageContaining("line 2 of " + file + " is not name:");
  }

  @Test
  void everyGeneratedPasswordIsDifferent() {
    assertThat(Users.newPassword()).hasSize(32).isNotEqualTo(Users.newPassword());
  }
}
