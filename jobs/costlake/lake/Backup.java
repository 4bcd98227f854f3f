package costlake.lake;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.core.AtomicFile;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Copies the folder of a lake, or updates an earlier copy. The caller must hold the writer's lock
 * and the locks of decisions. The steps: (1) Copies new and changed files into the backup; but
 * files that refer to other files (catalog, logs of Delta tables, receipts of deliveries,
 * decisions, journal) go to {@code next/}. (2) Forces all copied files to disk, then writes a mark.
 * (3) Moves the files of {@code next/} to their places in the backup, then removes the mark. (4)
 * Removes files that the lake no longer has. If a backup is interrupted before the mark is written,
 * the earlier state is still complete. While the mark exists, the new state is complete: it
 * consists of the files of {@code next/} and of the files of the backup that they do not replace.
 */
final class Backup {
  /**
   * The content of {@code backup.json}, which identifies the lake of a backup. Tables name their
   * files by absolute paths below the root that was configured when the table was created. With
   * symbolic links, a lake has several such roots.
   *
   * @param root real path of the lake
   * @param also other paths that led to the lake
   */
  private record Label(@JsonProperty("root") String root, @JsonProperty("also") Set<String> also) {
    Label {
      also = also == null ? Set.of() : Set.copyOf(also);
    }

    Set<String> roots() {
      Set<String> roots = new TreeSet<>(also);
      roots.add(root);
      return roots;
    }
  }

  /**
   * Content of a backup.
   *
   * @param roots paths that led to the lake
   * @param parts folders to lay over each other, in this order
   */
  record Kept(Set<String> roots, List<Path> parts) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LABEL = "backup.json";
  private static final String ASIDE = ".copying";
  private static final String JOURNAL = "journal";
  private static final String DELIVERY = "_delivery.json";
  private static final Path DELTA_LOG = Path.of("_delta_log");

  private final Path root;
  private final Set<String> roots;
  private final Path folder;
  private final Set<String> decisions;
  private final Path lake;
  private final Path next;
  private final Path mark;
  private final Set<Path> changed = new HashSet<>();
  private long copied;
  private long bytes;

  private Backup(Path configured, Path folder, Set<String> decisions) throws IOException {
    this.root = configured.toRealPath();
    this.roots =
        new TreeSet<>(List.of(root.toString(), configured.toAbsolutePath().normalize().toString()));
    this.folder = folder.toAbsolutePath().normalize();
    this.decisions = Set.copyOf(decisions);
    this.lake = this.folder.resolve("lake");
    this.next = this.folder.resolve("next/lake");
    this.mark = this.folder.resolve("next/complete");
  }

  /**
   * Copies a lake.
   *
   * @param decisions names of the folders below {@code root} with decisions
   */
  static Lake.Copy of(Path root, Path folder, long publication, Set<String> decisions) {
    try {
      Backup backup = new Backup(root, folder, decisions);
      backup.refuseUnusableFolder();
      backup.refuseAnotherHistory();
      return backup.copy(publication);
    } catch (IOException | UncheckedIOException e) {
      throw Failure.internal(
          e,
          """
          Cannot back up %s to %s: %s. Free space or allow writing there, then run it again; it
          continues where it stopped
          """,
          root,
          folder,
          FileErrors.whichAndWhy(e));
    }
  }

  /**
   * Finds the newest complete state in a backup.
   *
   * @throws Failure with exit code 2 if the folder is not a backup
   */
  static Kept kept(Path folder) {
    Path next = folder.resolve("next");
    try {
      Set<String> roots = label(folder).roots();
      return Files.exists(next.resolve("complete"))
          ? new Kept(roots, List.of(folder.resolve("lake"), next.resolve("lake")))
          : new Kept(roots, List.of(folder.resolve("lake")));
    } catch (IOException e) {
      throw Failure.operator(
          e,
          """
          Cannot restore from %s: it has no %s, so it is not a backup. Give a folder that 'costlake
          backup' wrote
          """,
          folder,
          LABEL);
    }
  }

  /** Returns the real path of a folder, which may not exist yet. */
  private static Path real(Path folder) throws IOException {
    Path existing = Folders.existing(folder);
    return existing.toRealPath().resolve(existing.relativize(folder));
  }

  private void refuseUnusableFolder() throws IOException {
    Path real = real(folder);
    if (real.startsWith(root) || root.startsWith(real)) {
      throw Failure.operator(
          """
          Cannot back up %s to %s: one folder is inside the other. Give a folder elsewhere, best on
          another disk
          """,
          root, folder);
    }
    try {
      Label label = label(folder);
      if (Collections.disjoint(label.roots(), roots)) {
        throw Failure.operator(
            "Cannot back up %s to %s: it holds the backup of %s. Give another folder",
            root, folder, label.root());
      }
    } catch (IOException noLabel) {
      if (!isEmpty()) {
        throw Failure.operator(
            """
            Cannot back up to %s: it holds other files, and a backup removes files that the lake
            does not have. Give an empty folder
            """,
            folder);
      }
    }
  }

  /**
   * Refuses a backup whose newest publication this lake never had. If this lake has pruned all
   * publications up to that number, accepts the backup.
   */
  private void refuseAnotherHistory() throws IOException {
    NavigableMap<Path, Path> theirs = publications(lake);
    if (Files.exists(mark)) {
      theirs.putAll(publications(next));
    }
    NavigableMap<Path, Path> ours = publications(root);
    if (theirs.isEmpty() || ours.floorKey(theirs.lastKey()) == null) {
      return;
    }
    Path newest = theirs.lastKey();
    if (!ours.containsKey(newest) || Files.mismatch(ours.get(newest), theirs.get(newest)) >= 0) {
      throw Failure.operator(
          """
          Cannot back up %s to %s: it holds a publication that this lake never had (%s). Give
          another folder
          """,
          root, folder, newest);
    }
  }

  private static NavigableMap<Path, Path> publications(Path of) throws IOException {
    Path journal = of.resolve(JOURNAL);
    NavigableMap<Path, Path> entries = new TreeMap<>();
    for (Path file : files(journal)) {
      if (file.getNameCount() == 1) {
        entries.put(file, journal.resolve(file));
      }
    }
    return entries;
  }

  private boolean isEmpty() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.allMatch(AtomicFile.aside(folder.resolve(LABEL))::equals);
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Lake.Copy copy(long publication) throws IOException {
    label();
    if (Files.exists(mark)) {
      moveDeciding();
    }
    removeAllBut(Set.of(), next);
    List<Path> files = files(root);
    for (Path file : files) {
      copy(file, decides(file) ? next : lake);
    }
    forceCopied();
    AtomicFile.write(mark, new byte[0]);
    moveDeciding();
    return new Lake.Copy(
        publication, files.size(), copied, bytes, removeAllBut(new HashSet<>(files), lake));
  }

  private static Label label(Path folder) throws IOException {
    return JSON.readValue(folder.resolve(LABEL).toFile(), Label.class);
  }

  /**
   * Writes the label with the present paths of the lake and all earlier paths, because tables may
   * still contain the earlier paths.
   */
  private void label() throws IOException {
    Set<String> also = new TreeSet<>(roots);
    if (Files.exists(folder.resolve(LABEL))) {
      also.addAll(label(folder).roots());
    }
    also.remove(root.toString());
    AtomicFile.write(
        folder.resolve(LABEL), JSON.writeValueAsBytes(new Label(root.toString(), also)));
  }

  private void moveDeciding() throws IOException {
    for (Path file : files(next)) {
      Path target = lake.resolve(file);
      Files.createDirectories(target.getParent());
      Files.move(
          next.resolve(file),
          target,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      changed.add(target.getParent());
    }
    forceCopied();
    Files.delete(mark);
    AtomicFile.force(Folders.above(mark));
  }

  /**
   * Returns the relative paths of the files of a lake, without the staged files and the lock files
   * of a run.
   */
  private static List<Path> files(Path below) throws IOException {
    if (!Files.exists(below)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(below)) {
      return walk.filter(Files::isRegularFile)
          .map(below::relativize)
          .filter(file -> !isOfARun(file))
          .sorted()
          .toList();
    }
  }

  private static boolean isOfARun(Path file) {
    return file.startsWith("stage")
        || (file.getNameCount() == 1 && file.toString().endsWith(".lock"));
  }

  /** Whether a file refers to other files of the lake. */
  private boolean decides(Path file) {
    String first = file.getName(0).toString();
    return first.startsWith("catalog.db")
        || decisions.contains(first)
        || first.equals(JOURNAL)
        || file.endsWith(DELIVERY)
        || StreamSupport.stream(file.spliterator(), false).anyMatch(DELTA_LOG::equals);
  }

  /** Copies a file if the backup lacks it or has another version of it. */
  private void copy(Path file, Path to) throws IOException {
    Path source = root.resolve(file);
    Path known = lake.resolve(file);
    if (Files.exists(known)
        && Files.size(known) == Files.size(source)
        && modifiedAtMs(known) == modifiedAtMs(source)) {
      return;
    }
    Path target = to.resolve(file);
    Files.createDirectories(target.getParent());
    Path aside = target.resolveSibling(target.getFileName() + ASIDE);
    Files.copy(
        source, aside, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
    AtomicFile.force(aside);
    Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    changed.add(target.getParent());
    copied++;
    bytes += Files.size(target);
  }

  /** Forces the folders of copied and moved files, and the folders above them, to disk. */
  private void forceCopied() throws IOException {
    Set<Path> folders = new HashSet<>();
    for (Path path : changed) {
      for (Path above = path; above.startsWith(folder); above = Folders.above(above)) {
        folders.add(above);
      }
    }
    for (Path path : folders) {
      AtomicFile.force(path);
    }
    changed.clear();
  }

  /**
   * Returns the modification time of a file in milliseconds, because copying may round the time to
   * microseconds.
   */
  private static long modifiedAtMs(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toMillis();
  }

  private static long removeAllBut(Set<Path> kept, Path below) throws IOException {
    long removed = 0;
    for (Path file : files(below)) {
      if (!kept.contains(file)) {
        Files.delete(below.resolve(file));
        removed++;
      }
    }
    return removed;
  }
}
