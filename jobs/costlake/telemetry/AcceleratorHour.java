package costlake.telemetry;

import costlake.telemetry.Samples.Segment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a device, or a slice of a device, was provisioned, allocated and active in one hour.
 * Names are as the source delivers them. Null means unknown.
 *
 * @param hour hour of the day, from 0 to 23
 * @param slices number of slices of the device that this row covers; null for a whole device
 * @param slicesMax maximum number of slices of the device; null if the exporter does not report it
 */
record AcceleratorHour(
    int hour,
    String node,
    String id,
    @Nullable String model,
    @Nullable BigDecimal slices,
    @Nullable BigDecimal slicesMax,
    BigDecimal provisionedS,
    @Nullable BigDecimal allocatedS,
    @Nullable BigDecimal activeS,
    @Nullable BigDecimal memoryUsedByteS,
    @Nullable BigDecimal energyKwh,
    @Nullable BigDecimal coverage) {

  private static final Pattern PROFILE = Pattern.compile("(?:\\d+c\\.)?(\\d+)g\\..*");
  private static final BigDecimal BYTES_PER_MIB = BigDecimal.valueOf(1 << 20);
  private static final BigDecimal MILLIJOULES_PER_KWH = new BigDecimal("3600000000");
  private static final BigDecimal JOULES_PER_KWH = new BigDecimal("3600000");

  /**
   * Returns all hours of the devices on a day, in order of device and hour. A partitioned device
   * has rows for its slices only. Exporters also list the device as a whole. In an hour with
   * slices, the whole device has a row only if it is allocated to a pod.
   */
  static List<AcceleratorHour> of(ClusterDay day, List<Device> devices) {
    Map<String, TimeSpans> sliced = new HashMap<>();
    for (Device device : devices) {
      if (device.isSlice()) {
        sliced.merge(device.uuid(), device.provisioned(), (a, b) -> TimeSpans.union(List.of(a, b)));
      }
    }
    List<AcceleratorHour> hours = new ArrayList<>();
    for (Device device : devices) {
      TimeSpans slices = sliced.getOrDefault(device.uuid(), TimeSpans.NONE);
      long[] cut = (device.isSlice() ? TimeSpans.NONE : slices).hours(day.start());
      hours.addAll(hours(day, device, cut));
    }
    return hours;
  }

  private static List<AcceleratorHour> hours(ClusterDay day, Device device, long[] cut) {
    long[] provisioned = device.provisioned().hours(day.start());
    long[] existed = device.provisioned().hull().hours(day.start());
    long[] held = device.allocatedSpans().hours(day.start());
    HourSums active = new HourSums(day.start()).addLevels(device.activity());
    HourSums memory = levels(day, device, MeasuredQuantity.DEVICE_MEMORY_USED);
    @Nullable BigDecimal[] energy = energyKwh(day, device);
    boolean allocationIsMeasured = day.wasQueried(MeasuredQuantity.DEVICE_HELD);
    List<AcceleratorHour> hours = new ArrayList<>();
    for (int hour = 0; hour < UtcHours.PER_DAY; hour++) {
      if (provisioned[hour] > 0 && (cut[hour] == 0 || held[hour] > 0)) {
        hours.add(
            new AcceleratorHour(
                hour,
                device.node(),
                device.id(),
                device.label("modelName", hour),
                device.isSlice() ? slices(device.label("GPU_I_PROFILE", hour)) : null,
                slicesMax(device),
                TableDecimals.seconds(provisioned[hour]),
                allocationIsMeasured ? TableDecimals.seconds(held[hour]) : null,
                TableDecimals.figure(active.sum(hour)),
                memoryByteS(memory.sum(hour)),
                energy[hour],
                TableDecimals.ratio(active.measured(hour), existed[hour])));
      }
    }
    return hours;
  }

  private static @Nullable BigDecimal memoryByteS(@Nullable BigDecimal mebibyteS) {
    return mebibyteS == null ? null : TableDecimals.figure(mebibyteS.multiply(BYTES_PER_MIB));
  }

  private static HourSums levels(ClusterDay day, Device device, MeasuredQuantity quantity) {
    HourSums sums = new HourSums(day.start());
    device.series(quantity).ifPresent(series -> series.levels().values().forEach(sums::addLevels));
    return sums;
  }

  /** Computes the energy from the energy counter or, if there is none, from the power. */
  private static @Nullable BigDecimal[] energyKwh(ClusterDay day, Device device) {
    HourSums sums = new HourSums(day.start());
    List<Segment> counted =
        device.series(MeasuredQuantity.DEVICE_ENERGY).stream()
            .flatMap(series -> series.increases().values().stream())
            .flatMap(List::stream)
            .toList();
    if (counted.isEmpty()) {
      sums = levels(day, device, MeasuredQuantity.DEVICE_POWER);
    } else {
      sums.addIncreases(counted);
    }
    BigDecimal perKwh = counted.isEmpty() ? JOULES_PER_KWH : MILLIJOULES_PER_KWH;
    @Nullable BigDecimal[] kwh = new BigDecimal[UtcHours.PER_DAY];
    for (int hour = 0; hour < UtcHours.PER_DAY; hour++) {
      BigDecimal sum = sums.sum(hour);
      kwh[hour] =
          sum == null ? null : sum.divide(perKwh, TableDecimals.SCALE, RoundingMode.HALF_EVEN);
    }
    return kwh;
  }

  private static @Nullable BigDecimal slices(@Nullable String profile) {
    Matcher matcher = PROFILE.matcher(profile == null ? "" : profile);
    return matcher.matches() ? new BigDecimal(matcher.group(1)) : null;
  }

  private static @Nullable BigDecimal slicesMax(Device device) {
    return device
        .series(MeasuredQuantity.DEVICE_SLICES_MAX)
        .flatMap(ClusterDay::greatest)
        .filter(most -> most.signum() > 0)
        .orElse(null);
  }
}
