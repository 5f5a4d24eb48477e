// Visits the parts of a description, but not its notes, its data or the names that the API chose.

/** Members that explain something and check nothing. */
export const NOTES = [
  ...["title", "description", "summary", "example", "examples"],
  ...["externalDocs", "deprecated", "default", "$comment"],
];

/** Members whose value is data. */
export const DATA = ["enum", "const"];

/** Members whose own members are names that the contract chose. */
const MAPS = [
  ...["properties", "patternProperties", "$defs", "dependentSchemas", "dependentRequired", "mapping"],
  ...["schemas", "responses", "content", "headers", "parameters", "requestBodies", "securitySchemes"],
  ...["paths", "pathItems", "webhooks", "callbacks", "links"],
];

/** Visits each object of a description that is neither data nor a note, the outer ones first. A visit may change it. */
export function walk(value: unknown, visit: (node: object) => void, isMap = false): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  if (!isMap) visit(value);
  for (const [name, member] of Object.entries(value)) {
    if (!isMap && (NOTES.includes(name) || DATA.includes(name) || name.startsWith("x-"))) continue;
    walk(member, visit, !isMap && MAPS.includes(name));
  }
}
