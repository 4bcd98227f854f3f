package costlake.incident;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Expects what was usual in the same slot of a cycle: the median of the last times. */
final class Profile implements LearningForecast {
  /** Two months of weeks: enough to be steady, few enough to follow. */
  private static final int REMEMBERED = 8;

  private final ToLongFunction<Instant> slot;
  private final Map<Long, Window> slots = new HashMap<>();

  /**
   * @param slot the slot of a time, e.g. Monday 9:00
   */
  Profile(ToLongFunction<Instant> slot) {
    this.slot = slot;
  }

  @Override
  public double at(Instant time) {
    Window window = slots.get(slot.applyAsLong(time));
    return window == null ? Double.NaN : window.median();
  }

  @Override
  public void learn(Instant time, double value) {
    slots.computeIfAbsent(slot.applyAsLong(time), key -> new Window(REMEMBERED)).add(value);
  }

  @Override
  public boolean cyclic() {
    return true;
  }

  @Override
  public Forecast frozen() {
    Map<Long, Double> medians = new HashMap<>();
    slots.forEach((key, window) -> medians.put(key, window.median()));
    return time -> medians.getOrDefault(slot.applyAsLong(time), Double.NaN);
  }
}
