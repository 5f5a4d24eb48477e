import { children, examplesOf, locate, parametersOf } from "../../scripts/contract/document.js";
import type { Contract, ContractOperation } from "../../scripts/contract/read.js";

/** A request that fits the contract, made of the examples of its parameters and body. */
export function inputOf(contract: Contract, operation: ContractOperation, requiredOnly = false) {
  const { document } = contract;
  const params: Record<string, Record<string, unknown>> = {};
  for (const { pointer, value: parameter } of parametersOf(contract, operation)) {
    const { in: place, name, example, required } = Object(parameter);
    const { examples = [] } = Object(locate(document, [...pointer, "schema"]).value);
    const value = example ?? examples[0];
    if (value !== undefined && (required || !requiredOnly)) params[place] = { ...params[place], [name]: value };
  }
  const body = locate(document, ["paths", operation.path, operation.method, "requestBody"]);
  const [media] = children(document, body, "content");
  if (!media || (requiredOnly && Reflect.get(body.value, "required") !== true)) return { params };
  return { params, body: examplesOf(document, media[1])[0]?.value };
}
