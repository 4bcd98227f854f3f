package costlake.incident;

import java.time.Instant;

/** Expects the median of the last values. With a length of one, expects that all stays as it is. */
final class Recent implements LearningForecast {
  private final Window window;

  Recent(int length) {
    this.window = new Window(length);
  }

  @Override
  public double at(Instant time) {
    return window.median();
  }

  @Override
  public void learn(Instant time, double value) {
    window.add(value);
  }

  @Override
  public boolean cyclic() {
    return false;
  }

  @Override
  public Forecast frozen() {
    double median = window.median();
    return time -> median;
  }
}
