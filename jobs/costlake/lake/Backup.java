package costlake.lake;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A copy of the folder of a lake, brought up to date by copying what is new. Its caller holds the
 * locks. What the catalog names is copied before the catalog, the journal after it, and what is
 * gone is removed last: a copy that was cut off is the one before, or the new one.
 */
final class Backup {
  /**
   * What a backup is of; lies in its folder.
   *
   * @param root where the lake was, and must be restored to: tables name their files by whole paths
   */
  private record Label(@JsonProperty("root") String root) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LABEL = "backup.json";
  private static final String LAKE = "lake";
  private static final String ASIDE = ".copying";

  private final Path root;
  private final Path folder;
  private long copied;
  private long bytes;

  private Backup(Path root, Path folder) {
    this.root = root.toAbsolutePath().normalize();
    this.folder = folder.toAbsolutePath().normalize();
  }

  static Lake.Copy of(Path root, Path folder, long publication) {
    Backup backup = new Backup(root, folder);
    backup.refuseOthersFolder();
    try {
      return backup.copy(publication);
    } catch (IOException e) {
      throw Failure.internal(
          "Cannot back up %s to %s: %s. Free space or allow writing there, then run it again; it carries on"
              .formatted(root, folder, e),
          e);
    }
  }

  private void refuseOthersFolder() {
    if (folder.startsWith(root) || root.startsWith(folder)) {
      throw Failure.operator(
          "Cannot back up %s to %s: one lies in the other. Give a folder elsewhere, best on another disk"
              .formatted(root, folder));
    }
    try {
      String of = JSON.readValue(folder.resolve(LABEL).toFile(), Label.class).root();
      if (!of.equals(root.toString())) {
        throw Failure.operator(
            "Cannot back up %s to %s: it holds the backup of %s. Give another folder"
                .formatted(root, folder, of));
      }
    } catch (IOException noLabel) {
      if (!isEmpty()) {
        throw Failure.operator(
            "Cannot back up to %s: it holds other files, and a backup removes what its lake has not. Give an empty folder"
                .formatted(folder));
      }
    }
  }

  private boolean isEmpty() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Lake.Copy copy(long publication) throws IOException {
    Files.createDirectories(folder.resolve(LAKE));
    JSON.writeValue(folder.resolve(LABEL).toFile(), new Label(root.toString()));
    List<Path> files = files(root);
    for (Path file : files) {
      copy(file, folder.resolve(LAKE).resolve(file));
    }
    return new Lake.Copy(
        publication, files.size(), copied, bytes, removeAllBut(new HashSet<>(files)));
  }

  /** What a lake is made of, in the order it is copied; paths are relative. */
  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile)
          .map(root::relativize)
          .filter(file -> !isOfARun(file))
          .sorted(Comparator.comparing(Backup::turn).thenComparing(Comparator.naturalOrder()))
          .toList();
    }
  }

  private static boolean isOfARun(Path file) {
    return file.startsWith("stage")
        || (file.getNameCount() == 1 && file.toString().endsWith(".lock"));
  }

  private static int turn(Path file) {
    return switch (file.getName(0).toString()) {
      case "catalog.db" -> 1;
      case "closes" -> 2;
      case "journal" -> 3;
      default -> 0;
    };
  }

  private void copy(Path file, Path target) throws IOException {
    Path source = root.resolve(file);
    if (Files.exists(target)
        && Files.size(target) == Files.size(source)
        && modifiedAtMs(target) == modifiedAtMs(source)) {
      return;
    }
    Files.createDirectories(target.getParent());
    Path aside = target.resolveSibling(target.getFileName() + ASIDE);
    Files.copy(
        source, aside, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
    Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    copied++;
    bytes += Files.size(target);
  }

  /** Copying a file's time may cut it to microseconds. */
  private static long modifiedAtMs(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toMillis();
  }

  private long removeAllBut(Set<Path> files) throws IOException {
    Path copy = folder.resolve(LAKE);
    List<Path> gone = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(copy)) {
      walk.filter(Files::isRegularFile)
          .filter(file -> !files.contains(copy.relativize(file)))
          .forEach(gone::add);
    }
    for (Path file : gone) {
      Files.delete(file);
    }
    return gone.size();
  }
}
