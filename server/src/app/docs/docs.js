// Draws the OpenAPI document: one folding row a call, grouped by the first part of its path.

const METHODS = ["get", "post", "put", "patch", "delete"];
const calls = document.getElementById("calls");
const filter = document.getElementById("filter");

try {
  const contract = await (await fetch("/api/openapi.json")).json();
  draw(contract);
  filter.addEventListener("input", () => draw(contract));
} catch {
  calls.textContent = "The contract could not be loaded. Reload to try again.";
}

function draw(contract) {
  const wanted = filter.value.trim().toLowerCase();
  const groups = new Map();
  for (const [path, item] of Object.entries(contract.paths).sort(([a], [b]) => a.localeCompare(b))) {
    for (const method of METHODS.filter((each) => item[each])) {
      if (!`${method} ${path} ${text(item[method])}`.toLowerCase().includes(wanted)) continue;
      const group = path.replace("/api/v1/", "").split("/")[0];
      groups.set(group, [...(groups.get(group) ?? []), call(contract, method, path, item[method])]);
    }
  }
  const sections = [...groups].flatMap(([group, rows]) => [element("h2", group), ...rows]);
  calls.replaceChildren(...(sections.length ? sections : [element("p", "No call matches.")]));
}

function call(contract, method, path, operation) {
  const summary = element("summary", element("b", method.toUpperCase()), element("code", path), element("span", text(operation)));
  const body = element("div");
  const row = element("details", summary, body);
  row.addEventListener("toggle", () => {
    if (row.open && !body.hasChildNodes()) body.append(...parts(contract, operation));
  });
  return row;
}

function parts(contract, operation) {
  const found = [];
  if (operation.description) found.push(element("p", operation.description));
  if (operation.parameters?.length) {
    const rows = operation.parameters.map((each) =>
      element("tr", element("td", element("code", each.name)), element("td", each.in + (each.required ? ", required" : "")), element("td", each.description ?? "")));
    found.push(element("h3", "Parameters"), element("table", ...rows));
  }
  const request = operation.requestBody?.content?.["application/json"]?.schema;
  if (request) found.push(element("h3", "Body"), element("pre", shape(contract, request)));
  for (const [status, reply] of Object.entries(operation.responses ?? {})) {
    found.push(element("h3", `${status} ${reply.description ?? ""}`));
    const schema = Object.values(reply.content ?? {})[0]?.schema;
    if (schema) found.push(element("pre", shape(contract, schema)));
  }
  return found;
}

/** A schema as the JSON it describes, three levels deep. */
function shape(contract, schema, depth = 0) {
  const pad = "  ".repeat(depth + 1);
  if (schema.$ref) {
    const name = schema.$ref.split("/").pop();
    return depth > 2 ? name : shape(contract, contract.components.schemas[name] ?? {}, depth);
  }
  if (schema.properties) {
    const required = new Set(schema.required ?? []);
    const fields = Object.entries(schema.properties).map(
      ([name, each]) => `${pad}${name}${required.has(name) ? "" : "?"}: ${shape(contract, each, depth + 1)}`,
    );
    return `{\n${fields.join("\n")}\n${"  ".repeat(depth)}}`;
  }
  if (schema.items) return `[${shape(contract, schema.items, depth)}]`;
  if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(" | ");
  const choices = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (choices) return choices.map((each) => shape(contract, each, depth)).join(schema.allOf ? " & " : " | ");
  if (schema.additionalProperties) return `{ [name]: ${shape(contract, schema.additionalProperties, depth + 1)} }`;
  const type = [schema.type ?? "any"].flat().join(" | ");
  return schema.format ? `${type} (${schema.format})` : type;
}

function text(operation) {
  return operation.summary ?? operation.operationId ?? "";
}

/** Builds with text nodes only, so nothing in the contract can become markup. */
function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}
