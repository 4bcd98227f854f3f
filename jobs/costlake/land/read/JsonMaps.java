package costlake.land.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** JSON objects as maps of text: numbers and booleans as written, nested values as their JSON. */
final class JsonMaps {
  private JsonMaps() {}

  /** The members without nulls, or null when the bytes are no JSON object with different keys. */
  static @Nullable Map<UTF8String, UTF8String> parse(byte[] bytes) {
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
