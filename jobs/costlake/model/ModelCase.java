package costlake.model;

import costlake.config.Origin;
import costlake.config.Required;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A test case of a model: given rows and the rows that are expected.
 *
 * @param audit name of an audit that runs instead of the model, or null
 * @param given rows by relation; columns that are not named are null
 * @param expect rows in any order; columns that are not named are not compared
 */
public record ModelCase(
    @Required String name,
    @Nullable String audit,
    Map<String, List<Map<String, @Nullable Object>>> given,
    List<Map<String, @Nullable Object>> expect,
    Origin origin) {

  record File(@Required List<ModelCase> cases) {}
}
