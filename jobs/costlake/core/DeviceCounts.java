package costlake.core;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The devices in a scheduler's list of resources. Both spellings are read: of trackable resources,
 * {@code gres/gpu=4,gres/gpu:a100=4}, and of generic resources, {@code gpu:a100:2(S:0-1)}. Slurm
 * counts devices of a type beside all devices, and a slice of a device as a device of its own type,
 * e.g. {@code gres/gpu:a100_1g.5gb=1}.
 *
 * @param all all devices, a slice counting as one
 * @param slices how many of them are slices
 * @param model type of the devices that are not slices; null if it is not stated, or if there are
 *     several
 */
public record DeviceCounts(BigDecimal all, BigDecimal slices, @Nullable String model) {
  private static final String DEVICE = "gpu";

  /** Type and count: {@code gres/gpu:a100=2}, {@code gpu:a100:2} or {@code gpu}. */
  private static final Pattern ENTRY =
      Pattern.compile("(?:gres[/:])?gpu(?::([^:=]+?))??(?:[:=]([0-9]{1,12}(?:\\.[0-9]{1,9})?))?");

  private static final Pattern SOCKETS = Pattern.compile("\\([^)]*\\)");
  private static final Pattern SLICE = Pattern.compile("[0-9]g\\.");

  private record Entry(@Nullable String type, BigDecimal count) {
    boolean isSlice() {
      return type != null && SLICE.matcher(type).find();
    }
  }

  /**
   * Reads the devices of a list of allocated resources; if it names none, those of another list.
   *
   * @return empty if neither names devices
   */
  public static Optional<DeviceCounts> of(@Nullable String resources, @Nullable String others) {
    Optional<DeviceCounts> counts = of(resources);
    return counts.isPresent() ? counts : of(others);
  }

  private static Optional<DeviceCounts> of(@Nullable String resources) {
    if (resources == null) {
      return Optional.empty();
    }
    String text = resources.toLowerCase(Locale.ROOT);
    return text.contains(DEVICE) ? of(entries(text)) : Optional.empty();
  }

  private static List<Entry> entries(String text) {
    List<Entry> entries = new ArrayList<>();
    String plain = text.indexOf('(') < 0 ? text : SOCKETS.matcher(text).replaceAll("");
    for (String one : plain.split(",", -1)) {
      Matcher entry = ENTRY.matcher(one);
      if (one.contains(DEVICE) && entry.matches()) {
        String count = entry.group(2);
        entries.add(
            new Entry(entry.group(1), count == null ? BigDecimal.ONE : new BigDecimal(count)));
      }
    }
    return entries;
  }

  private static Optional<DeviceCounts> of(List<Entry> entries) {
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    List<Entry> typed = entries.stream().filter(entry -> entry.type() != null).toList();
    BigDecimal slices = sum(typed.stream().filter(Entry::isSlice).toList());
    BigDecimal all =
        entries.stream()
            .filter(entry -> entry.type() == null)
            .findFirst()
            .map(Entry::count)
            .orElseGet(() -> sum(typed));
    List<Entry> whole = typed.stream().filter(entry -> !entry.isSlice()).toList();
    boolean isOne = whole.size() == 1 && sum(whole).compareTo(all.subtract(slices)) == 0;
    return Optional.of(new DeviceCounts(all, slices, isOne ? whole.get(0).type() : null));
  }

  private static BigDecimal sum(List<Entry> entries) {
    return entries.stream().map(Entry::count).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
