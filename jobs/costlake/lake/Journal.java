package costlake.lake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import costlake.core.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The publications of a lake, one small file each below {@code journal/}. A file appears whole or
 * not at all: it is written beside its place and renamed.
 */
final class Journal {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

  private final FileSystem files;
  private final Path folder;

  Journal(String root, Configuration hadoop) {
    try {
      this.folder = new Path(new Path(root), "journal");
      this.files = folder.getFileSystem(hadoop);
      files.setWriteChecksum(false);
    } catch (IOException e) {
      throw Failure.operator("Cannot reach the lake at " + root + ": " + e.getMessage(), e);
    }
  }

  /** The publication that readers see. */
  Optional<Publication> current() {
    return newestFirst().stream()
        .map(this::read)
        .filter(p -> p.state() == Publication.State.PUBLISHED)
        .findFirst();
  }

  /** A publication that began and did not end. */
  Optional<Publication> pending() {
    return newest().filter(p -> p.state() == Publication.State.PUBLISHING);
  }

  /** The number that the next publication gets. */
  long nextSequence() {
    return newest().map(Publication::sequence).orElse(0L) + 1;
  }

  /** Every publication, oldest first. */
  List<Publication> all() {
    return newestFirst().stream()
        .map(this::read)
        .sorted(Comparator.comparingLong(Publication::sequence))
        .toList();
  }

  /** Removes publications older than a moment; the one that readers see stays. */
  void prune(Instant before) {
    Optional<Publication> current = current();
    for (Path path : newestFirst()) {
      Publication publication = read(path);
      if (publication.at().isBefore(before) && !current.equals(Optional.of(publication))) {
        try {
          files.delete(path, false);
        } catch (IOException e) {
          throw Failure.internal("Cannot remove " + path + ": " + e.getMessage(), e);
        }
      }
    }
  }

  private Optional<Publication> newest() {
    return newestFirst().stream().findFirst().map(this::read);
  }

  private List<Path> newestFirst() {
    try {
      if (!files.exists(folder)) {
        return List.of();
      }
      return Arrays.stream(
              files.listStatus(folder, path -> path.getName().matches("\\d{9}\\.json")))
          .map(FileStatus::getPath)
          .sorted(Comparator.comparing(Path::getName).reversed())
          .toList();
    } catch (IOException e) {
      throw Failure.internal("Cannot read the journal " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Writes a publication in its state; an earlier state of it is replaced. */
  void write(Publication publication) {
    Path target = new Path(folder, "%09d.json".formatted(publication.sequence()));
    Path aside = new Path(folder, "." + target.getName() + ".tmp");
    try {
      files.mkdirs(folder);
      try (OutputStream out = files.create(aside, true)) {
        JSON.writeValue(out, publication);
      }
      replace(aside, target);
    } catch (IOException e) {
      throw Writes.failure("write the journal", folder.getParent().toString(), e);
    }
  }

  private void replace(Path aside, Path target) throws IOException {
    if ("file".equals(files.getUri().getScheme())) {
      java.nio.file.Files.move(
          java.nio.file.Path.of(aside.toUri().getPath()),
          java.nio.file.Path.of(target.toUri().getPath()),
          java.nio.file.StandardCopyOption.ATOMIC_MOVE,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    try (InputStream in = files.open(aside);
        OutputStream out = files.create(target, true)) {
      in.transferTo(out);
    }
    files.delete(aside, false);
  }

  private Publication read(Path path) {
    try (InputStream in = files.open(path)) {
      return JSON.readValue(in, Publication.class);
    } catch (IOException e) {
      throw Failure.internal("Cannot read the journal " + path + ": " + e.getMessage(), e);
    }
  }
}
