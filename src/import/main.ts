import { serveImports } from "./serve";

serveImports();
