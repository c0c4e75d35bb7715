import { serveDownloads } from "./serve";

serveDownloads();
