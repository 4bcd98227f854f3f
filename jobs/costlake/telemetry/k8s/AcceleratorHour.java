package costlake.telemetry.k8s;

import costlake.telemetry.series.HourSums;
import costlake.telemetry.series.MeasuredDay;
import costlake.telemetry.series.Samples.Segment;
import costlake.telemetry.series.TableDecimals;
import costlake.telemetry.series.TimeSpans;
import costlake.telemetry.series.UtcHours;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private static final BigDecimal JOULES_PER_KWH = new BigDecimal("3600000");

  /**
   * Returns all hours of the devices on a day, in order of device and hour. A partitioned device
   * has rows for its slices only. Exporters also list the device as a whole. In an hour with
   * slices, the whole device has a row only if it is allocated to a pod.
   */
  static List<AcceleratorHour> of(MeasuredDay day, List<Device> devices) {
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

  private static List<AcceleratorHour> hours(MeasuredDay day, Device device, long[] cut) {
    long[] provisioned = device.provisioned().hours(day.start());
    long[] existed = device.provisioned().hull().hours(day.start());
    long[] held = device.allocatedSpans().hours(day.start());
    HourSums active = new HourSums(day.start()).addLevels(device.activity());
    HourSums memory = levels(day, device, DeviceMeasure.MEMORY_USED);
    @Nullable BigDecimal[] energy = energyKwh(day, device);
    boolean allocationIsMeasured = day.wasQueried(device.quantity(DeviceMeasure.HELD));
    List<AcceleratorHour> hours = new ArrayList<>();
    for (int hour = 0; hour < UtcHours.PER_DAY; hour++) {
      if (provisioned[hour] > 0 && (cut[hour] == 0 || held[hour] > 0)) {
        hours.add(
            new AcceleratorHour(
                hour,
                device.node(),
                device.id(),
                device.model(hour),
                device.isSlice() ? device.slices(hour) : null,
                device.slicesMax(),
                TableDecimals.seconds(provisioned[hour]),
                allocationIsMeasured ? TableDecimals.seconds(held[hour]) : null,
                TableDecimals.figure(active.sum(hour)),
                TableDecimals.figure(
                    inBaseUnits(device, DeviceMeasure.MEMORY_USED, memory.sum(hour))),
                energy[hour],
                TableDecimals.ratio(active.measured(hour), existed[hour])));
      }
    }
    return hours;
  }

  private static @Nullable BigDecimal inBaseUnits(
      Device device, DeviceMeasure measure, @Nullable BigDecimal sum) {
    return sum == null ? null : sum.multiply(device.profile().factor(measure));
  }

  private static HourSums levels(MeasuredDay day, Device device, DeviceMeasure measure) {
    HourSums sums = new HourSums(day.start());
    device.series(measure).ifPresent(series -> series.levels().values().forEach(sums::addLevels));
    return sums;
  }

  /** Computes the energy from the energy counter or, if there is none, from the power. */
  private static @Nullable BigDecimal[] energyKwh(MeasuredDay day, Device device) {
    HourSums sums = new HourSums(day.start());
    List<Segment> counted =
        device.series(DeviceMeasure.ENERGY).stream()
            .flatMap(series -> series.increases().values().stream())
            .flatMap(List::stream)
            .toList();
    DeviceMeasure measure = counted.isEmpty() ? DeviceMeasure.POWER : DeviceMeasure.ENERGY;
    if (counted.isEmpty()) {
      sums = levels(day, device, measure);
    } else {
      sums.addIncreases(counted);
    }
    @Nullable BigDecimal[] kwh = new BigDecimal[UtcHours.PER_DAY];
    for (int hour = 0; hour < UtcHours.PER_DAY; hour++) {
      BigDecimal joules = inBaseUnits(device, measure, sums.sum(hour));
      kwh[hour] =
          joules == null
              ? null
              : joules.divide(JOULES_PER_KWH, TableDecimals.SCALE, RoundingMode.HALF_EVEN);
    }
    return kwh;
  }
}
