package costlake.explain;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the labels of steps. Leaves out what is unknown. */
final class Labels {
  private Labels() {}

  static String joined(@Nullable String... parts) {
    return Arrays.stream(parts).filter(Objects::nonNull).collect(Collectors.joining(", "));
  }

  static @Nullable String named(String name, @Nullable Object value) {
    return value == null ? null : name + " " + value;
  }
}
