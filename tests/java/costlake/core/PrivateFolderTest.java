package costlake.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import costlake.testing.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFolderTest {
  @TempDir Path temporary;

  private Path folder() {
    return temporary.resolve("costlake-" + System.getProperty("user.name"));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void onlyTheUserCanReadTheFolder() throws IOException {
    Files.createDirectory(folder());
    Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxrwxrwx"));
    try (PrivateFolder.Work work = PrivateFolder.below(temporary).work()) {
      assertThat(permissions(folder())).isEqualTo("rwx------");
      assertThat(permissions(work.path())).isEqualTo("rwx------");
    }
  }

  /** In a container, the user may be only a number. */
  @Test
  void userWithoutANameFindsItsFolderAgain() throws IOException {
    String name = System.getProperty("user.name");
    System.setProperty("user.name", "?");
    try {
      Path first = PrivateFolder.below(temporary).path();
      assertThat(PrivateFolder.below(temporary).path()).isEqualTo(first);
      assertThat(first).hasFileName("costlake-" + Files.getOwner(first).getName());
    } finally {
      System.setProperty("user.name", name);
    }
    try (var left = Files.list(temporary)) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void refusesALink() throws IOException {
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Files.createSymbolicLink(folder(), elsewhere);
    assertThatThrownBy(() -> PrivateFolder.below(temporary))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(folder() + " is a link or a file");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void refusesAFolderOfAnotherUser() throws IOException {
    Files.createDirectory(folder());
    UserPrincipal other =
        temporary.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    assumeTrue(isRoot(), "only root can give a folder to somebody else");
    Files.setOwner(folder(), other);
    assertThatThrownBy(() -> PrivateFolder.below(temporary))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(folder() + " belongs to nobody");
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  @Test
  void removesWorkingFilesOfKilledProcessesOnly() throws Exception {
    PrivateFolder folder = PrivateFolder.below(temporary);
    assertThat(killed()).isEqualTo(FailPoint.HALTED);
    assertThat(leftovers()).isEqualTo(1);
    try (PrivateFolder.Work first = folder.work()) {
      assertThat(leftovers()).isEqualTo(1);
      Path kept = Files.writeString(first.path().resolve("kept"), "x");
      try (PrivateFolder.Work second = folder.work()) {
        assertThat(second.path()).isNotEqualTo(first.path());
        assertThat(kept).exists();
      }
    }
    assertThat(leftovers()).isZero();
  }

  private int killed() throws IOException, InterruptedException {
    return JavaProcess.of(Killed.class, "64m")
        .arguments(temporary.toString())
        .exitCode(temporary.resolve("log"));
  }

  private long leftovers() throws IOException {
    try (var found = Files.list(folder())) {
      return found.filter(path -> path.getFileName().toString().startsWith("work-")).count();
    }
  }

  /** Makes a folder for working files, writes a file and is killed before it can clean up. */
  static final class Killed {
    private Killed() {}

    public static void main(String[] args) throws IOException {
      Path work = PrivateFolder.below(Path.of(args[0])).work().path();
      Files.writeString(Files.createDirectory(work.resolve("blockmgr")).resolve("rows"), "secret");
      Runtime.getRuntime().halt(FailPoint.HALTED);
    }
  }
}
