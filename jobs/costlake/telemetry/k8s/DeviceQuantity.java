package costlake.telemetry.k8s;

import costlake.telemetry.series.Quantity;
import java.util.List;

/** What is measured of the devices of one profile. */
record DeviceQuantity(DeviceProfile profile, DeviceMeasure measure) implements Quantity {
  @Override
  public List<String> subject() {
    return profile.subject();
  }

  @Override
  public List<String> part() {
    return measure == DeviceMeasure.HELD ? DeviceProfile.HOLDER : List.of();
  }

  @Override
  public List<String> attributes() {
    return measure == DeviceMeasure.PRESENCE ? List.of() : profile.description();
  }
}
