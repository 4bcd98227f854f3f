package costlake.land;

import costlake.core.Failure;
import costlake.land.read.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder or a single file. */
final class LocalStorage implements Storage {
  private final Path location;
  private final Path base;
  private final boolean single;

  LocalStorage(Path location) {
    if (!Files.exists(location)) {
      throw Failure.operator(
          "Cannot read "
              + location
              + ": it is not there. Correct the location in sources.yml, or deliver the export.");
    }
    this.single = Files.isRegularFile(location);
    this.base = single ? location.toAbsolutePath().getParent() : location;
    this.location = location;
  }

  @Override
  public List<Found> list() throws IOException {
    List<Found> found = new ArrayList<>();
    if (single) {
      found.add(found(location.toAbsolutePath()));
      return found;
    }
    try (Stream<Path> walk = Files.walk(base)) {
      for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
        found.add(found(file));
      }
    }
    found.sort(Comparator.comparing(Found::key));
    return found;
  }

  private Found found(Path file) throws IOException {
    return new Found(
        base.relativize(file).toString().replace('\\', '/'),
        Files.size(file),
        Files.getLastModifiedTime(file).toInstant().toString());
  }

  @Override
  public InputStream open(String key) throws IOException {
    return Files.newInputStream(base.resolve(key));
  }

  @Override
  public Optional<Path> local(String key) {
    return Optional.of(base.resolve(key));
  }

  @Override
  public String address(String key) {
    return base.resolve(key).toString();
  }

  @Override
  public void close() {}
}
