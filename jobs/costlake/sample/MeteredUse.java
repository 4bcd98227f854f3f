package costlake.sample;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;

/**
 * What a resource used of a service on a day.
 *
 * @param unitPrice contracted price of a unit in USD
 */
record MeteredUse(
    CloudService service,
    LocalDate day,
    String resource,
    Map<String, String> tags,
    Owner owner,
    BigDecimal quantity,
    BigDecimal unitPrice,
    Costs costs) {
  String resourceName() {
    return resource.substring(resource.lastIndexOf('/') + 1);
  }
}
