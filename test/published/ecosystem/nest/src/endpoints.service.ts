import { Inject, Injectable } from "@nestjs/common";
import type { KonProClient } from "konpro-client";
import { KONPRO } from "./konpro.module.js";

@Injectable()
export class EndpointsService {
  constructor(@Inject(KONPRO) private readonly konpro: KonProClient) {}

  async usernames(): Promise<string[]> {
    const { data: endpoints } = await this.konpro.listWebhookEndpoints();
    return endpoints.map(({ username }) => username);
  }
}
