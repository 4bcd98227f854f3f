package costlake.config;

import costlake.core.Sha256;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A mapping as written. It is kept with each delivery that it mapped, so that the delivery is read
 * the same way for ever.
 *
 * @param file its file, for messages
 * @param yaml content of the file
 * @param priceList content of its list of prices, CSV; null if it has none
 */
public record MappingText(String file, String yaml, @Nullable String priceList)
    implements Serializable {
  /** Returns a digest of the content; the name of the file does not count. */
  public String digest() {
    return Sha256.hex(yaml + '\n' + (priceList == null ? "" : priceList));
  }
}
