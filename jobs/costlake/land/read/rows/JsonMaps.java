package costlake.land.read.rows;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Parses JSON objects to maps of text: numbers and booleans as written, nested values as JSON. */
public final class JsonMaps {
  private JsonMaps() {}

  /**
   * Returns the members that are not null; null if the bytes are not a JSON object or repeat a key.
   */
  public static @Nullable Map<UTF8String, UTF8String> parse(byte[] bytes) {
    try (JsonParser parser = JsonText.parser(bytes, 0, bytes.length)) {
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      Map<UTF8String, UTF8String> members = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        UTF8String name = UTF8String.fromString(parser.currentName());
        parser.nextToken();
        UTF8String value = JsonText.value(parser, bytes, 0);
        if (value != null) {
          members.put(name, value);
        }
      }
      return parser.nextToken() == null ? members : null;
    } catch (IOException e) {
      return null;
    }
  }
}
