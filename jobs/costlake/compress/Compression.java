package costlake.compress;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The compression of a file. The ending of the file name determines the compression. */
public enum Compression {
  GZIP(".gz", ".gzip") {
    @Override
    InputStream open(InputStream bytes) {
      return new Gzip(bytes);
    }
  },
  ZSTD(".zst", ".zstd") {
    @Override
    InputStream open(InputStream bytes) throws IOException {
      return new Zstd(bytes);
    }
  };

  @SuppressWarnings("ImmutableEnumChecker") // List.of returns an immutable list.
  private final List<String> suffixes;

  Compression(String... suffixes) {
    this.suffixes = List.of(suffixes);
  }

  abstract InputStream open(InputStream bytes) throws IOException;

  /** Opens the content of a file. Decompresses it if the file name says that it is compressed. */
  public static InputStream content(String name, InputStream bytes) throws IOException {
    Optional<Compression> compression =
        Arrays.stream(values()).filter(one -> one.suffix(name).isPresent()).findFirst();
    return compression.isPresent() ? compression.get().open(bytes) : bytes;
  }

  /** Removes the ending of the compression from a file name. */
  public static String plain(String name) {
    return Arrays.stream(values())
        .flatMap(one -> one.suffix(name).stream())
        .findFirst()
        .map(suffix -> name.substring(0, name.length() - suffix.length()))
        .orElse(name);
  }

  private Optional<String> suffix(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return suffixes.stream().filter(lower::endsWith).findFirst();
  }
}
