import { Module } from "@nestjs/common";
import { createKonProClient } from "konpro-client";

export const KONPRO = Symbol("konpro");

@Module({
  providers: [{ provide: KONPRO, useFactory: () => createKonProClient() }],
  exports: [KONPRO],
})
export class KonProModule {}
