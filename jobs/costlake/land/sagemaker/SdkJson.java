package costlake.land.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Writes responses of the AWS SDK as JSON, with the names that the AWS CLI prints. */
final class SdkJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SdkJson() {}

  static ArrayNode list() {
    return JSON.arrayNode();
  }

  /** Returns a response without the members that it does not have. */
  static ObjectNode object(SdkPojo response) {
    ObjectNode object = JSON.objectNode();
    for (SdkField<?> field : response.sdkFields()) {
      JsonNode value = value(field.getValueOrDefault(response));
      if (value != null) {
        object.set(field.locationName(), value);
      }
    }
    return object;
  }

  private static @Nullable JsonNode value(@Nullable Object value) {
    if (value == null
        || value instanceof SdkAutoConstructList
        || value instanceof SdkAutoConstructMap) {
      return null;
    }
    if (value instanceof SdkPojo nested) {
      return object(nested);
    }
    if (value instanceof Collection<?> several) {
      ArrayNode list = JSON.arrayNode();
      several.forEach(one -> list.add(value(one)));
      return list;
    }
    if (value instanceof Map<?, ?> members) {
      ObjectNode object = JSON.objectNode();
      members.forEach((name, member) -> object.set(String.valueOf(name), value(member)));
      return object;
    }
    return plain(value);
  }

  /** Writes times in ISO 8601, and numbers that JSON does not have, e.g. NaN, as text. */
  private static JsonNode plain(Object value) {
    if (value instanceof Boolean truth) {
      return JSON.booleanNode(truth);
    }
    String text = value.toString();
    return value instanceof Number && Character.isDigit(text.charAt(text.length() - 1))
        ? JSON.numberNode(new BigDecimal(text))
        : JSON.textNode(text);
  }
}
